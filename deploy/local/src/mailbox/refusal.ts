/** An error as Resend's API returns it. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }

  toJSON() {
    return { statusCode: this.statusCode, name: this.name, message: this.message };
  }
}
