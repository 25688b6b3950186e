/** The whole style of the app; inlined, so that a page needs one request. */
export const css = `
:root {
  color-scheme: light dark;
  --paper: #fbf8f3; --card: #fffdf9; --ink: #2b2420; --soft: #75695f; --line: #e8dfd3;
  --accent: #b3401f; --accent-ink: #fff; --wash: #f6e7dc; --star: #d98a00; --off: #c9bcab;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #191614; --card: #221e1b; --ink: #efe7de; --soft: #a99c90; --line: #38312b;
    --accent: #f0875f; --accent-ink: #1d120d; --wash: #33241c; --star: #f2b544; --off: #5d534a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
h1, h2, h3 { font-family: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, serif; line-height: 1.2; font-weight: 600; text-wrap: balance; }
h1 { font-size: clamp(1.9rem, 5vw, 2.9rem); margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.45rem; margin: 2.75rem 0 1rem; }
h3 { font-size: 1.15rem; margin: 0; }
a { color: inherit; }
p { margin: 0 0 1rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.wrap { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
.top { border-bottom: 1px solid var(--line); }
.top .wrap { display: flex; align-items: center; gap: 1.25rem; min-height: 4rem; flex-wrap: wrap; padding-block: .6rem; }
.brand { font: 600 1.25rem/1 'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, serif; text-decoration: none; display: flex; gap: .5rem; align-items: center; }
.brand svg { width: 1.6rem; height: 1.6rem; color: var(--accent); }
.top form { flex: 1 1 14rem; max-width: 26rem; margin-left: auto; }
.top nav { margin-left: auto; }
.top form + nav { margin-left: 0; }
.top nav a { text-decoration: none; color: var(--soft); white-space: nowrap; }
.top nav a:hover { color: var(--accent); }
.search { display: flex; background: var(--card); border: 1px solid var(--line); border-radius: 999px; padding: .2rem; }
.search:focus-within { border-color: var(--accent); }
.search input { flex: 1; min-width: 0; border: 0; background: none; color: inherit; font: inherit; padding: .35rem 1rem; outline: none; }
.search input::placeholder { color: var(--soft); }
button, .button {
  border: 0; border-radius: 999px; background: var(--accent); color: var(--accent-ink); font: inherit; font-weight: 600;
  padding: .4rem 1.1rem; cursor: pointer; text-decoration: none; display: inline-block;
}
button:hover, .button:hover { filter: brightness(1.08); }
.hero { padding: clamp(2rem, 6vw, 4rem) 0 1rem; }
.hero p { color: var(--soft); font-size: 1.15rem; max-width: 40rem; }
.hero .search { max-width: 36rem; font-size: 1.1rem; padding: .35rem; }
.chips { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.chip { font-size: .875rem; line-height: 1.5; padding: .15rem .7rem; border-radius: 999px; background: var(--wash); color: var(--ink); text-decoration: none; }
a.chip:hover { background: var(--accent); color: var(--accent-ink); }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); gap: 1rem; margin: 0; padding: 0; list-style: none; }
.card { position: relative; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.1rem 1.2rem; display: flex; flex-direction: column; gap: .45rem; transition: border-color .15s, transform .15s; }
.card:hover { border-color: var(--accent); transform: translateY(-2px); }
@media (prefers-reduced-motion: reduce) { .card { transition: none; } .card:hover { transform: none; } }
.card h3 a { text-decoration: none; }
.card h3 a::after { content: ''; position: absolute; inset: 0; border-radius: 14px; }
.card p { margin: 0; color: var(--soft); font-size: .975rem; line-height: 1.5; flex: 1; }
.place { font-size: .78rem; letter-spacing: .07em; text-transform: uppercase; color: var(--accent); font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem .9rem; font-size: .875rem; color: var(--soft); align-items: center; }
.stars { color: var(--star); white-space: nowrap; letter-spacing: .05em; }
.stars .off { color: var(--off); }
.recipe { margin-top: 1.5rem; display: grid; grid-template-columns: minmax(0, 19rem) minmax(0, 1fr); gap: 1rem 3rem; align-items: start; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.25rem 1.4rem; }
.panel h2 { margin-top: 0; }
.ingredients { list-style: none; margin: 0; padding: 0; }
.ingredients li { display: flex; justify-content: space-between; gap: 1rem; padding: .45rem 0; border-bottom: 1px solid var(--line); }
.ingredients li:last-child { border: 0; }
.ingredients span { color: var(--soft); text-align: right; white-space: nowrap; }
.steps { counter-reset: step; list-style: none; margin: 0; padding: 0; }
.steps li { counter-increment: step; position: relative; padding: 0 0 1.2rem 3rem; }
.steps li::before { content: counter(step); position: absolute; left: 0; top: -.1rem; width: 2rem; height: 2rem; border-radius: 50%; background: var(--wash); color: var(--accent); font-weight: 700; display: grid; place-items: center; font-size: .95rem; }
.lead { font-size: 1.2rem; color: var(--soft); max-width: 44rem; }
.rate { display: flex; flex-direction: row-reverse; justify-content: flex-end; align-items: center; flex-wrap: wrap; border: 0; padding: 0; margin: 0; }
.rate button { background: none; color: var(--off); font-size: 2rem; line-height: 1; padding: .1rem .2rem; }
.rate button.on, .rate button:hover, .rate button:hover ~ button { color: var(--star); filter: none; }
.rate:hover button.on:not(:hover):not(:hover ~ button) { opacity: .45; }
.comments { list-style: none; margin: 0; padding: 0; display: grid; gap: .9rem; }
.comments li { border-left: 3px solid var(--wash); padding-left: 1rem; }
.comments cite { font-style: normal; color: var(--soft); font-size: .9rem; }
.quote { margin: 0; }
.form { max-width: 40rem; display: grid; gap: 1.1rem; }
.form label { display: grid; gap: .3rem; font-weight: 600; }
.form small { font-weight: 400; color: var(--soft); }
.form input, .form textarea, .form select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .55rem .8rem; width: 100%; }
.form .row { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; }
.form label > :is(input, textarea, select) { font-weight: 400; }
.form [aria-invalid] { border-color: var(--accent); }
.wrong { color: var(--accent); font-weight: 600; font-size: .925rem; }
.note { background: var(--wash); border-radius: 10px; padding: .7rem 1rem; }
.part { margin: 1.25rem 0 .75rem; }
.spread { display: grid; gap: .25rem; font-size: .9rem; max-width: 22rem; }
.spread div { display: grid; grid-template-columns: 5.5rem 1fr 2rem; gap: .6rem; align-items: center; }
.spread meter { width: 100%; height: .7rem; }
footer { margin-top: 4rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
footer .wrap { padding-block: 1.5rem 2.5rem; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; }
footer b { color: var(--ink); font-weight: 600; }
@media (max-width: 48rem) {
  .recipe { grid-template-columns: minmax(0, 1fr); }
  .form .row { grid-template-columns: 1fr; }
  .top form + nav { margin-left: auto; }
  .top form { order: 3; flex-basis: 100%; max-width: none; }
}
`;
