/** The signed-in person. */
export interface Account {
  readonly accountId: string;
  readonly name: string;
  readonly timeZone: string | undefined;
}
