export type { Author, Ending, Entry, Event, Line, Member, Phase, Refusal, View } from './state.ts';
