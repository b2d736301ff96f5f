export { checkTemplates, isTemplated, namesIn, type NameUse } from './check-templates.js';
export { TEMPLATE_VARIABLES, type TemplateVariable } from './parse-template.js';
export { renderTemplates, type TemplateScope } from './render-templates.js';
