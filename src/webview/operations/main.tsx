import { render } from 'preact';
import { App } from './app.tsx';
import type { PageApi } from './host.ts';
import '../kit/base.css';
import './styles/page.css';
import './styles/combo.css';

declare function acquireVsCodeApi(): PageApi;

const root = document.getElementById('operations');
if (root !== null) render(<App api={acquireVsCodeApi()} />, root);
