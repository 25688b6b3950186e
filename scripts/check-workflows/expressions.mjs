// As much of GitHub's expressions as these workflows use: paths, strings, ==, !=, !, && and ||, and the status functions.

/** Whether a step with this condition runs; `failed`: a step before it did. */
export function evaluate(condition, context, failed) {
  const text = condition === undefined ? 'success()' : unwrap(String(condition));
  const aboutStatus = /\b(success|failure|always|cancelled)\(\)/.test(text);
  return Boolean(compute(aboutStatus ? text : `success() && (${text})`, context, failed));
}

/** Text with every `${{ … }}` replaced by its value; what is not set is empty. */
export function interpolate(text, context) {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, inner) =>
    String(compute(inner, context, false) ?? ''),
  );
}

const unwrap = (text) => text.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1');

function compute(expression, context, failed) {
  // Strings stay; a path that leads nowhere is empty text, as on GitHub.
  const script = expression.replace(/'[^']*'|[a-z_][\w.]*(?!\w*\()|==|!=/gi, (token) => {
    if (token.startsWith("'")) return token;
    if (token === '==') return '===';
    if (token === '!=') return '!==';
    return `path(${JSON.stringify(token)})`;
  });
  const path = (name) => name.split('.').reduce((value, key) => value?.[key], context) ?? '';
  const status = {
    success: () => !failed,
    failure: () => failed,
    always: () => true,
    cancelled: () => false,
  };
  return new Function('path', ...Object.keys(status), `return (${script});`)(
    path,
    ...Object.values(status),
  );
}
