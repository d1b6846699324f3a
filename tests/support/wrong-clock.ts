/** Script for a page whose computer has a clock that is `shift` milliseconds wrong. */
export const wrongClock = (shift: number): string => `{
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) {
      if (given.length > 0) super(...given);
      else super(Right.now() + ${shift});
    }
    static now() {
      return Right.now() + ${shift};
    }
  };
}`;
