import { machineNotFound, ApiError } from './api-error.ts';
import type { FakeMachine } from './machine/machine.ts';
import { type Ground } from './machine/machine.ts';
import type { Shortage } from './place.ts';

export interface FakeApp {
  readonly id: string;
  readonly name: string;
  readonly org: string;
  readonly network: string;
}

/** Everything that the fake holds. */
export class FakeCloud {
  readonly ground: Ground;
  readonly apps = new Map<string, FakeApp>();
  /** Every machine there ever was. */
  readonly machines: FakeMachine[] = [];
  /** Regions that take nobody, and why. */
  readonly shortages = new Map<string, Shortage>();

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** Throws an ApiError: 404 for a name that is free, 403 for an app of somebody else. */
  app(name: string): FakeApp {
    if (this.ground.options.foreignApps.includes(name))
      throw new ApiError(403, 'unauthorized: app belongs to another organization');
    const app = this.apps.get(name);
    if (app === undefined) throw new ApiError(404, 'not_found: app not found');
    return app;
  }

  /** The machines of an app that lists know of by now. */
  machinesOf(app: string): FakeMachine[] {
    const { listedMs } = this.ground.options.delays;
    return this.machines.filter(
      (machine) => machine.app === app && Date.now() - machine.createdAt >= listedMs,
    );
  }

  /** Throws an ApiError (404) for one that is not there, or not yet to be seen. */
  machine(app: string, id: string): FakeMachine {
    this.app(app);
    const { delays, forgetDestroyed } = this.ground.options;
    const machine = this.machines.find((one) => one.app === app && one.id === id);
    if (machine === undefined || Date.now() - machine.createdAt < delays.visibleMs)
      throw machineNotFound();
    if (forgetDestroyed && machine.state === 'destroyed') throw machineNotFound();
    return machine;
  }

  /** The same, for calls that a destroyed machine can't take. */
  living(app: string, id: string): FakeMachine {
    const machine = this.machine(app, id);
    if (machine.state === 'destroyed') throw machineNotFound();
    return machine;
  }
}
