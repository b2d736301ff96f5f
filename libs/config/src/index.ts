export * from './chronos-config.js';
export { ConfigError, type ConfigFault } from './config-error.js';
export { ConfigModule } from './config.module.js';
export { type Environment, readEnvironment } from './environment.js';
export { exitWithParent, reportReady } from './exit-with-parent.js';
export { type ConfigOverrides, loadConfig, loadDatabaseConfig, loadStoreConfig } from './load-config.js';
export { standaloneDefaults } from './standalone-defaults.js';
export { type VariableName, VARIABLES } from './variables.js';
