/** What spreadsheets may take for a formula, after white space or not, in full width or not. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

/** Text of a CSV that no spreadsheet runs. */
export function textCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
