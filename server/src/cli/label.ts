import { once } from 'node:events';
import { createLabeller } from '../labeller/create.ts';
import { labelLines, LineSplitter } from '../labeller/ndjson.ts';

/**
 * `pnpm --silent label`: NDJSON `{"text":…,"lang"?:…}` on standard input, one label a line on standard output,
 * in the same order, as it comes. SENTIMENT_MODEL picks the user's own model. Exit code 2: it could not start.
 */
async function main(): Promise<void> {
  const labeller = await createLabeller({ sentimentModel: process.env['SENTIMENT_MODEL'] || undefined });
  const splitter = new LineSplitter();
  const write = async (lines: readonly string[]): Promise<void> => {
    if (lines.length === 0) return;
    const text = `${(await labelLines(labeller, lines)).join('\n')}\n`;
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  };
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) await write(splitter.push(String(chunk)));
  await write(splitter.flush());
}

// A reader that leaves early (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
