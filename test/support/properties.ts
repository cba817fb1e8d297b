import * as fc from 'fast-check';

// Loaded before all tests. Without it, lists are a dozen long whatever `maxLength` says, and what takes a longer story is
// never told.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
