export * from './brand.ts';
export * from './consent.ts';
export * from './engagement.ts';
export * from './fan-link.ts';
export * from './notice.ts';
export * from './rights-request.ts';
export * from './rollup.ts';
export * from './snapshot.ts';
