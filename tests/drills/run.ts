import { dispatch } from '../runner/dispatch.ts';

await dispatch(import.meta.dirname, 'pnpm drill');
