import { getContext, setContext } from 'svelte';
import type { Format } from '../format.ts';

const FORMAT = Symbol('format');
const HOW = Symbol('how it is counted');

/** Opens the explanation of a definition; `null` where there is none to open. */
export type OpenHow = (definition: string) => void;

export const setFormat = (read: () => Format): void => void setContext(FORMAT, read);
/** The formats of the brand at hand. */
export const getFormat = (): Format => getContext<() => Format>(FORMAT)();
export const setHow = (open: OpenHow): void => void setContext(HOW, open);
export const getHow = (): OpenHow | undefined => getContext<OpenHow | undefined>(HOW);
