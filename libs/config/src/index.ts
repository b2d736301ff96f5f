export * from './chronos-config.js';
export { ConfigModule } from './config.module.js';
