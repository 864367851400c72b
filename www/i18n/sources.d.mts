import type { Plugin } from 'vite';

/** The messages of a language, by id, each as it stands in its file. */
export function messagesOf(language: string): Map<string, string>;
/** All messages of a language as one text; what it lacks, in English. */
export function localeText(language: string): string;
export const localeModules: Plugin;
