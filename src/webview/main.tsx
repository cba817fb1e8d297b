import { render } from 'preact';
import { App } from './app.tsx';
import { browserClock } from './clock.ts';

const root = document.getElementById('timeline');
if (root !== null) render(<App api={acquireVsCodeApi()} clock={browserClock} />, root);
