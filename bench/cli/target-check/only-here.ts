import { BlockList, isIP } from 'node:net';

/** Addresses that mean another computer, or none, to everybody else. Fly's own private network (fdaa) is none of them. */
const local = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  local.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fe80::', 10],
] as const)
  local.addSubnet(net, bits, 'ipv6');

/** Whether a URL leads somewhere only from this computer or its network. */
export function isOnlyHere(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family !== 0) return local.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return !host.includes('.') || /\.(local|localhost|lan|home\.arpa)$/.test(host);
}
