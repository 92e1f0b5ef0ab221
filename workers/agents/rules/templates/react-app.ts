export type TemplateFile = { path: string; content: string };

/** A React app in TypeScript, built by Vite. Versions are pinned and were built together. `name` is shown; `packageName` is npm's. */
export function reactApp({ name, packageName }: { name: string; packageName: string }): TemplateFile[] {
  const title = JSON.stringify(name);
  const titleHtml = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [
    { path: 'package.json', content: packageJson(packageName) },
    { path: '.gitignore', content: 'node_modules\ndist\n*.local\n' },
    { path: 'index.html', content: indexHtml(titleHtml) },
    { path: 'vite.config.ts', content: viteConfig },
    { path: 'tsconfig.json', content: tsconfig },
    { path: 'src/main.tsx', content: mainTsx },
    { path: 'src/app.tsx', content: appTsx(title) },
    { path: 'src/app.css', content: appCss },
    { path: 'src/vite-env.d.ts', content: '/// <reference types="vite/client" />\n' },
  ];
}

function packageJson(name: string): string {
  const content = {
    name,
    private: true,
    version: '0.1.0',
    type: 'module',
    scripts: { dev: 'vite', build: 'tsc && vite build', preview: 'vite preview' },
    dependencies: { react: '19.3.1', 'react-dom': '19.3.1' },
    devDependencies: {
      '@types/react': '19.3.0',
      '@types/react-dom': '19.3.0',
      '@vitejs/plugin-react': '6.3.0',
      typescript: '7.0.2',
      vite: '8.3.8',
    },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const indexHtml = (title: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/src/main.tsx"></script>
  </body>
</html>
`;

const viteConfig = `import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
});
`;

const tsconfig = `{
  "compilerOptions": {
    "target": "ES2023",
    "lib": ["ES2023", "DOM", "DOM.Iterable"],
    "module": "ESNext",
    "moduleResolution": "bundler",
    "jsx": "react-jsx",
    "strict": true,
    "noEmit": true,
    "noUnusedLocals": true,
    "noUnusedParameters": true,
    "verbatimModuleSyntax": true,
    "skipLibCheck": true
  },
  "include": ["src"]
}
`;

const mainTsx = `import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './app.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
`;

const appTsx = (title: string) => `import { useState } from 'react';

const title = ${title};

export function App() {
  const [count, setCount] = useState(0);

  return (
    <main>
      <h1>{title}</h1>
      <p>
        Edit <code>src/app.tsx</code> and save: the page follows.
      </p>
      <button type="button" onClick={() => setCount(count + 1)}>
        Pressed {count} {count === 1 ? 'time' : 'times'}
      </button>
    </main>
  );
}
`;

const appCss = `:root {
  color-scheme: light dark;
  font-family: system-ui, sans-serif;
  line-height: 1.6;
}

body {
  margin: 0;
}

main {
  max-width: 40rem;
  margin: 0 auto;
  padding: clamp(2rem, 10vh, 6rem) 1.25rem;
}

h1 {
  font-size: clamp(2rem, 8vw, 3.5rem);
  line-height: 1.1;
  letter-spacing: -0.02em;
}

button {
  padding: 0.75rem 1.25rem;
  border: 0;
  border-radius: 0.75rem;
  background: light-dark(#1d4ed8, #93c5fd);
  color: light-dark(white, #0f172a);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}

button:focus-visible {
  outline: 3px solid light-dark(#93c5fd, #1d4ed8);
  outline-offset: 2px;
}
`;
