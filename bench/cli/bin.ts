// Old Node can't even load what the command imports, so its version is checked before anything else is.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `error This is Node ${process.versions.node}; bench needs 20.19 or newer.\n  fix Install a newer Node: https://nodejs.org\n`,
  );
  process.exit(2);
}
const command = new URL('./command.mjs', import.meta.url).href;
await import(command);
