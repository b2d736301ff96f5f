import { killStories } from './kill-stories.js';

killStories('postgres');
