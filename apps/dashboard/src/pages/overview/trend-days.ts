/** So many days the trend can be asked for. */
export const TREND_DAYS = [7, 30, 90] as const;
