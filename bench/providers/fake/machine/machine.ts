import { EventEmitter, once, setMaxListeners } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Guard } from '../../local/guard/guard.ts';
import { precondition } from '../api-error.ts';
import { privateIp, machineId, ulid } from '../ids.ts';
import type { FakeOptions } from '../options.ts';
import type { FakeConfig } from './config.ts';
import { isPullable } from './image.ts';
import { exitEvent, makeEvent, type FakeEvent } from './events.ts';
import { runExec, type ExecAnswer, type ExecRequest } from './exec.ts';
import { startGroup, type Group, type ProcessEnd } from './group.ts';
import { guestEnv, type Identity } from './guest-env.ts';
import { hostPath, layOut } from './guest-folder.ts';
import { startsAgain } from './restart.ts';
import type { Lease } from './lease.ts';
import type { StopWish } from './stop.ts';

export type MachineState =
  | 'creating'
  | 'created'
  | 'starting'
  | 'started'
  | 'stopping'
  | 'stopped'
  | 'restarting'
  | 'failed'
  | 'launch_failed'
  | 'destroying'
  | 'destroyed';

/** What machines need of the fake they live in. */
export interface Ground {
  readonly options: FakeOptions;
  readonly guard: Pick<Guard, 'watch'>;
  /** Path of the real k6. */
  readonly k6: string;
  /** Folder of all machines. */
  readonly folder: string;
}

/** A machine: a folder, and a real process group that runs the config's command in it. */
export class FakeMachine {
  readonly id = machineId();
  readonly createdAt = Date.now();
  readonly privateIp = privateIp();
  readonly root: string;
  readonly app: string;
  readonly name: string;
  readonly region: string;
  /** Newest first. */
  readonly events: FakeEvent[] = [];
  config: FakeConfig;
  instanceId = ulid();
  state: MachineState = 'creating';
  updatedAt = this.createdAt;
  cordoned = false;
  lease: Lease | undefined;
  readonly #ground: Ground;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #restarts: number[] = [];
  #group: Group | undefined;
  /** Aborted when whatever goes on is overtaken by a stop, a crash or the end. */
  #flow = new AbortController();
  /** Aborted when the machine is no longer up: ends what exec left in it. */
  #power = powerSwitch();
  #stopRequested = false;
  #oomKilled = false;
  #stoppedAt = 0;

  constructor(
    ground: Ground,
    who: { readonly app: string; readonly name?: string | undefined; readonly region: string },
    config: FakeConfig,
  ) {
    this.#ground = ground;
    this.app = who.app;
    this.name = who.name ?? `machine-${this.id.slice(0, 6)}`;
    this.region = who.region;
    this.config = config;
    this.root = `${ground.folder}/${this.id}`;
  }

  /** The id of the running process, which leads its group. */
  get pid(): number | undefined {
    return this.#group?.child.pid;
  }

  /** The file that gets what the machine's process prints. */
  get log(): string {
    return `${this.root}.log`;
  }

  /** Begins to pull the image and to boot; goes on by itself. */
  launch(skipLaunch: boolean): void {
    this.#tell('launch', 'created', 'user');
    this.#go(async (signal) => {
      await sleep(this.#ground.options.delays.createMs, undefined, { signal });
      if (!isPullable(this.config.image, this.#ground.options.images)) {
        this.#become('launch_failed', 'launch', 'failed', 'flyd');
        await sleep(this.#ground.options.delays.startMs, undefined, { signal });
        this.#become('destroyed');
        return;
      }
      this.#become('created');
      if (!skipLaunch) await this.#boot(signal);
    });
  }

  /** Throws an ApiError (412) unless it is stopped for long enough. */
  start(): void {
    const resting = Date.now() - this.#stoppedAt < this.#ground.options.delays.restMs;
    if (this.state === 'stopping' || (this.state === 'stopped' && resting))
      throw precondition('machine still active, refusing to start');
    if (!['stopped', 'created'].includes(this.state))
      throw precondition(`unable to start machine from current state: '${this.state}'`);
    this.#restarts.length = 0;
    this.#go((signal) => this.#boot(signal));
  }

  /** Asks the process to end; resolves at once. By force after the timeout. Nothing happens if it does not run. */
  stop(wish: StopWish): void {
    if (['stopped', 'stopping', 'created'].includes(this.state)) return;
    this.#stopRequested = true;
    const group = this.#group;
    this.#become('stopping', 'stop', 'stopping', 'user');
    this.#go(async (signal) => {
      if (group === undefined) {
        this.#stopped();
        return;
      }
      group.child.kill(wish.signal);
      await sleep(wish.timeoutMs, undefined, { signal });
      group.kill();
    });
  }

  /** Ends the process group by force and starts it anew, with a new config if one is given. */
  async replace(config: FakeConfig | undefined, skipLaunch: boolean): Promise<void> {
    const wasUp = ['starting', 'started'].includes(this.state);
    this.#stopRequested = true;
    if (wasUp) this.#become('restarting', 'restart', 'restarting', 'user');
    await this.#cutPower();
    if (config !== undefined) {
      this.config = config;
      this.instanceId = ulid();
    }
    if (!wasUp) return;
    if (skipLaunch) this.#stopped();
    else this.#go((signal) => this.#boot(signal));
  }

  /** Ends the process group by force and removes the folder. */
  async destroy(): Promise<void> {
    if (this.state === 'destroyed' || this.state === 'destroying') return;
    this.#stopRequested = true;
    this.#become('destroying', 'destroy', 'destroying', 'user');
    await this.#cutPower();
    await rm(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    this.#become('destroyed', 'destroy', 'destroyed', 'flyd');
  }

  /** A signal to the machine's own process. */
  signal(signal: NodeJS.Signals): void {
    this.#group?.child.kill(signal);
  }

  /** As if the host had died, or the memory had run out: nobody asked for it. */
  crash({ oomKilled }: { readonly oomKilled: boolean }): void {
    this.#oomKilled = oomKilled;
    this.#group?.kill();
  }

  async exec(request: ExecRequest): Promise<ExecAnswer> {
    if (this.state !== 'started') throw precondition('machine not running');
    const command = request.command.map((text) => hostPath(this.root, text));
    const where = { cwd: this.root, env: guestEnv(this.#identity(), this.config, this.root) };
    return runExec(this.#ground.guard, { ...request, command }, where, this.#power.signal);
  }

  /** Resolves when the state has changed, or the signal is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    await once(this.#changes, 'change', { signal }).catch(() => undefined);
  }

  async #boot(signal: AbortSignal): Promise<void> {
    this.#become('starting');
    await layOut({ root: this.root, k6: this.#ground.k6 }, this.config);
    await sleep(this.#ground.options.delays.startMs, undefined, { signal });
    this.#stopRequested = false;
    this.#oomKilled = false;
    this.#power = powerSwitch();
    // Commands that left something in the background listen until the end.
    setMaxListeners(0, this.#power.signal);
    const output = openSync(this.log, 'a');
    const group = startGroup(this.#ground.guard, this.#command(), {
      cwd: this.root,
      env: guestEnv(this.#identity(), this.config, this.root),
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.#group = group;
    this.#become('started', 'start', 'started', 'flyd');
    void group.ended.then((end) => {
      this.#ended(group, end);
    });
  }

  #command(): string[] {
    const { exec, entrypoint, cmd } = this.config.init ?? {};
    const words = exec ?? [...(entrypoint ?? ['k6']), ...(cmd ?? [])];
    return words.map((text) => hostPath(this.root, text));
  }

  #identity(): Identity {
    const { id, app, region, instanceId, privateIp } = this;
    return { id, app, region, instanceId, privateIp };
  }

  /** The machine's process has ended: so does everything else in it. */
  #ended(group: Group, { code, signal }: ProcessEnd): void {
    group.kill();
    this.#power.abort();
    if (this.#group === group) this.#group = undefined;
    const now = Date.now();
    const restarting = !this.#stopRequested && startsAgain(this.config, code, this.#restarts, now);
    const exit = { code, signal, restarting, oomKilled: this.#oomKilled };
    const counts = { requestedStop: this.#stopRequested, restartCount: this.#restarts.length };
    this.events.unshift(exitEvent({ ...exit, ...counts }, this.#ground.options.exitEventIn));
    if (!['started', 'stopping'].includes(this.state)) return;
    if (restarting) {
      this.#restarts.push(now);
      this.#go((stop) => this.#boot(stop));
    } else this.#stopped();
  }

  #stopped(): void {
    this.#flow.abort();
    this.#stoppedAt = Date.now();
    this.#become('stopped');
    if (this.config.auto_destroy === true && this.config.restart?.policy === 'no')
      void this.destroy();
  }

  async #cutPower(): Promise<void> {
    this.#flow.abort();
    this.#power.abort();
    const group = this.#group;
    group?.kill();
    await group?.ended;
  }

  /** Lets something go on in the background until it is overtaken by the next. */
  #go(flow: (signal: AbortSignal) => Promise<void>): void {
    this.#flow.abort();
    const own = new AbortController();
    this.#flow = own;
    flow(own.signal).catch((error: unknown) => {
      if (own.signal.aborted) return;
      this.#become('failed', 'launch', String(error), 'flyd');
    });
  }

  #become(state: MachineState, ...event: [] | [string, string, FakeEvent['source']]): void {
    this.state = state;
    this.updatedAt = Date.now();
    if (event.length > 0) this.#tell(...(event as [string, string, FakeEvent['source']]));
    this.#changes.emit('change');
  }

  #tell(type: string, status: string, source: FakeEvent['source']): void {
    this.events.unshift(makeEvent(type, status, source));
  }
}

/** Every exec that there ever was listens, as what it left in the background may still run. */
function powerSwitch(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
