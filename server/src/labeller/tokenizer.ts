/** What is used of the library; its own declarations do not resolve under Node's module rules. */
interface Tokenizer {
  encode(text: string): { readonly ids: number[] };
  token_to_id(token: string): number | undefined;
}

interface TokenizerModule {
  readonly Tokenizer: new (tokenizer: object, settings: object) => Tokenizer;
}

function isTokenizerModule(value: unknown): value is TokenizerModule {
  return (
    typeof value === 'object' &&
    value !== null &&
    'Tokenizer' in value &&
    typeof value.Tokenizer === 'function'
  );
}

/** The tokenizer that `tokenizer.json` and `tokenizer_config.json` describe. Throws an Error when they describe none. */
export async function loadTokenizer(tokenizer: object, settings: object): Promise<Tokenizer> {
  const library: unknown = await import('@huggingface/tokenizers');
  if (!isTokenizerModule(library)) throw new Error('@huggingface/tokenizers has no Tokenizer');
  try {
    return new library.Tokenizer(tokenizer, settings);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`SENTIMENT_MODEL: the tokenizer is of no kind that is known (${reason})`, {
      cause: error,
    });
  }
}
