import tseslint from 'typescript-eslint';
import everything from '../eslint.config.js';

/** The rules that read one file at a time; those that need the types of all of them wait for `npm test`. */
export default [...everything, tseslint.configs.disableTypeChecked];
