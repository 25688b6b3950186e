/** A region as the API tells of it. */
export interface FakeRegion {
  readonly code: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly gateway_available: boolean;
  readonly requires_paid_plan: boolean;
  readonly deprecated: boolean;
  readonly geo_region: string;
  readonly mpg_available: boolean;
}

/** code, name, latitude, longitude, continent; of a retired one also what Fly names instead. */
type Row = readonly [string, string, number, number, string, string?];

const rows: readonly Row[] = [
  ['ams', 'Amsterdam, Netherlands', 52.37, 4.9, 'europe'],
  ['arn', 'Stockholm, Sweden', 59.33, 18.07, 'europe'],
  ['bom', 'Mumbai, India', 19.08, 72.88, 'asia_pacific', 'sin'],
  ['cdg', 'Paris, France', 48.86, 2.35, 'europe'],
  ['dfw', 'Dallas, Texas (US)', 32.78, -96.8, 'north_america'],
  ['ewr', 'Secaucus, NJ (US)', 40.79, -74.06, 'north_america'],
  ['fra', 'Frankfurt, Germany', 50.11, 8.68, 'europe'],
  ['gru', 'Sao Paulo, Brazil', -23.55, -46.63, 'south_america'],
  ['iad', 'Ashburn, Virginia (US)', 39.04, -77.49, 'north_america'],
  ['jnb', 'Johannesburg, South Africa', -26.2, 28.05, 'africa'],
  ['lax', 'Los Angeles, California (US)', 34.05, -118.24, 'north_america'],
  ['lhr', 'London, United Kingdom', 51.51, -0.13, 'europe'],
  ['mad', 'Madrid, Spain', 40.42, -3.7, 'europe', 'cdg'],
  ['nrt', 'Tokyo, Japan', 35.68, 139.69, 'asia_pacific'],
  ['ord', 'Chicago, Illinois (US)', 41.88, -87.63, 'north_america'],
  ['scl', 'Santiago, Chile', -33.45, -70.67, 'south_america', 'gru'],
  ['sea', 'Seattle, Washington (US)', 47.61, -122.33, 'north_america', 'sjc'],
  ['sin', 'Singapore, Singapore', 1.35, 103.82, 'asia_pacific'],
  ['sjc', 'San Jose, California (US)', 37.34, -121.89, 'north_america'],
  ['syd', 'Sydney, Australia', -33.87, 151.21, 'asia_pacific'],
  ['yul', 'Montreal, Canada', 45.5, -73.57, 'north_america', 'yyz'],
  ['yyz', 'Toronto, Canada', 43.65, -79.38, 'north_america'],
];

const withoutGateway = ['gru', 'jnb'];
const withManagedPostgres = 'ams dfw fra gru iad lax lhr nrt ord sin sjc syd yyz'.split(' ');

/** What `GET /v1/platform/regions` answers: the 17 that can be used, and some that are retired. */
export const fakeRegions: readonly FakeRegion[] = rows.map(
  ([code, name, latitude, longitude, geo_region, instead]) => ({
    ...{ code, name, latitude, longitude, geo_region },
    gateway_available: instead === undefined && !withoutGateway.includes(code),
    requires_paid_plan: false,
    deprecated: instead !== undefined,
    mpg_available: withManagedPostgres.includes(code),
  }),
);

/** The same, with `live` not retired. */
export const regionsWith = (live: readonly string[]): readonly FakeRegion[] =>
  fakeRegions.map((region) => ({
    ...region,
    deprecated: region.deprecated && !live.includes(region.code),
  }));

/** The region that Fly names in place of a retired one. */
export const alternateOf = (code: string): string => rows.find(([c]) => c === code)?.[5] ?? 'iad';
