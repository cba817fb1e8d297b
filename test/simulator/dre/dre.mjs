#!/usr/bin/env node
// The stand-in `dre` as a program: see main.mjs.
import { processIo } from './io.mjs';
import { run } from './main.mjs';

// Not process.exit(): what was written must reach a pipe first.
process.exitCode = await run(process.argv.slice(2), process.env, processIo(process));
