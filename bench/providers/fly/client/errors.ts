import { BenchError } from '../../../base/errors.ts';
import type { RegionCode } from '../../../world/regions.ts';
import { refusalFixes } from '../refusals.ts';

/** The region has no room for the machine. Another one may have. */
export class NoCapacity extends BenchError {
  readonly region: RegionCode;

  constructor(region: RegionCode, said: string) {
    super(
      'fault',
      `Fly has no room in ${region}: ${said}`,
      `Leave ${region} out, put another region in its place (--substitute ${region}=…), or try again later.`,
    );
    this.region = region;
  }
}

/** The organisation's share of the region is used up. Another one may have room. */
export class QuotaReached extends BenchError {
  readonly region: RegionCode;

  constructor(region: RegionCode, said: string) {
    super('fault', `The organisation's quota in ${region} is used up: ${said}`, refusalFixes.quota);
    this.region = region;
  }
}

/** Fly gave the region up: nothing new can be made there. */
export class RetiredRegion extends BenchError {
  readonly region: RegionCode;

  constructor(region: RegionCode, said: string) {
    super(
      'usage',
      `Fly has retired the region ${region}: ${said}`,
      `Leave ${region} out, or put another region in its place: --substitute ${region}=…`,
    );
    this.region = region;
  }
}

/** The API's final word on a call, or that none was to be had for so long. `status` 0: no answer. */
export class CallFailed extends BenchError {
  readonly status: number;

  constructor(status: number, what: string, fix: string) {
    super('fault', what, fix);
    this.status = status;
  }
}
