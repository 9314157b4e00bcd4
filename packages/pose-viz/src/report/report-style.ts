/** The report's style sheet: system fonts, light and dark by the reader's setting, and print. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1f26; --soft: #5d6472; --line: #dfe3ea; --card: #f6f7f9; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14161b; --ink: #e6e8ee; --soft: #9aa2b1; --line: #2e333d; --card: #1c1f26; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 3rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
h1 { margin: 0 0 1.5rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
h2 { margin: 3rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.3rem; }
p { max-width: 44rem; white-space: pre-line; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.75rem; margin: 0 0 2rem; }
dl div { padding: 0.7rem 0.9rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
dt { color: var(--soft); font-size: 0.8rem; }
dd { margin: 0; font-size: 1.1rem; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.table { margin: 0 0 2rem; overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.92rem; }
caption { padding: 0 0 0.5rem; text-align: left; font-weight: 600; }
th, td { padding: 0.35rem 1.4rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: left; }
th { color: var(--soft); font-weight: 500; vertical-align: bottom; }
.number { text-align: right; }
figure { margin: 0 0 2.25rem; }
figure h3 { margin: 0 0 0.6rem; font-size: 1rem; }
img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
figcaption { max-width: 44rem; margin-top: 0.5rem; color: var(--soft); font-size: 0.9rem; }
@media print { body { max-width: none; padding: 0; } figure, .table { break-inside: avoid; } }
`;
