import '@fontsource-variable/inter/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import './i18n/i18n.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/screens.css';
import './styles/edit.css';
import './styles/areas.css';
import './styles/sound.css';
import './styles/review.css';
import './styles/school.css';
import './styles/print.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
