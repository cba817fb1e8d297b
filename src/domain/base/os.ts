/** An operating system image of the Internet Computer's nodes. */
export type Os = 'GuestOS' | 'HostOS';
