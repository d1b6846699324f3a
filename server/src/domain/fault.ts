import { PROBLEMS, type ProblemCode } from '@fanfare/contract';

/** A fault with a code the outside may see. Everything else is opaque. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail: string = PROBLEMS[code][1], options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** The brand's ledger has commits this process does not know of: an answer was lost on the way. */
export class OutOfStep extends Error {
  override readonly name = 'OutOfStep';
}
