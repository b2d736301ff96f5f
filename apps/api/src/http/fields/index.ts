export { BooleanField, ChoiceField, QueryChoicesField } from './choice-field.decorator.js';
export { IdsField, QueryIdsField } from './ids-field.decorator.js';
export { InstantField, QueryInstantField } from './instant-field.decorator.js';
export { ListField } from './list-field.decorator.js';
export { IntField, NumberField } from './number-field.decorator.js';
export { JsonObjectField, ObjectField, ObjectListField } from './object-field.decorator.js';
export { TextField, TextListField } from './text-field.decorator.js';
