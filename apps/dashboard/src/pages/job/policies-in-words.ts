import type { JobDto } from '#client';

/** What happens to a run that comes due while an earlier one is not over. */
export const OVERLAPS: Record<JobDto['overlapPolicy'], string> = {
  skip: 'A run is skipped while an earlier one is not over.',
  buffer_one: 'One run may wait for an earlier one to end.',
  buffer_all: 'Runs wait for earlier ones to end.',
  cancel_other: 'An earlier run is cancelled when the next is due.',
  terminate_other: 'An earlier run is killed when the next is due.',
  allow_all: 'Runs may overlap.',
};

/** What happens to runs that nothing could start at their time. */
export const CATCH_UPS: Record<JobDto['misfirePolicy'], string> = {
  fire_once: 'After an outage the latest missed run is made up for.',
  fire_all: 'After an outage every missed run is made up for.',
  skip: 'After an outage missed runs stay missed.',
};
