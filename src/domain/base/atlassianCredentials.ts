/** What signs a person in to Atlassian: an e-mail address and an API token. */
export interface AtlassianCredentials {
  readonly email: string;
  readonly token: string;
}
