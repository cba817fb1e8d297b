/** An operating system image of the Internet Computer's nodes. */
export type Os = 'GuestOS' | 'HostOS';

/** The folders of the release notes of each, in the repository of the release index (dre.md 5.1). */
export const notesFolders: Readonly<Record<Os, string>> = { GuestOS: 'replica-releases', HostOS: 'hostos-releases' };
