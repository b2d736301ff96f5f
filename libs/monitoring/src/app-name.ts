/** The processes of an installation, as logs and messages name them. */
export type AppName = 'api' | 'worker';
