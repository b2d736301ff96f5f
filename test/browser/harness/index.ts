export { expectAccessible, expectFits } from './axe.js';
export { type Account, type Dashboard, type OpenOptions, useDashboard } from './dashboard.js';
export { copyJob, holdMisfires, type PastGap, type PastRun, writeHistory } from './history.js';
export { createJob, ended, runJob } from './runs.js';
export { seedFleet } from './seed-fleet.js';
export { type Shot, takeShots } from './shots.js';
