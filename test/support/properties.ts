import * as fc from 'fast-check';

// Loaded before all tests. Without it, lists have about a dozen entries whatever `maxLength` says, and faults that need
// longer ones are not found.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
