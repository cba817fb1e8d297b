import { render } from 'preact';
import { App } from './app.tsx';
import { browserClock } from './clock.ts';
// The order matters: styles that adapt to themes and sizes come last.
import '../kit/base.css';
import './styles/page.css';
import './styles/tools.css';
import './styles/chart.css';
import './styles/groups.css';
import './styles/lanes.css';
import './styles/marks.css';
import './styles/unfolded.css';
import './styles/legend.css';
import './styles/details.css';
import './styles/table.css';
import './styles/themes.css';
import './styles/sizes.css';

const root = document.getElementById('timeline');
if (root !== null) render(<App api={acquireVsCodeApi()} clock={browserClock} />, root);
