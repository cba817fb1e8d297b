// What `vscode` (and `node:*`) resolve to in the folders that may not use them: nothing, so that a use does not compile.
export {};
