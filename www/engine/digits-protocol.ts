// The messages between the room in which a network learns digits and its worker.

import type {
  BiologicalCatalogue,
  EngineError,
  PresentationEntry,
  StudentNeurons,
  StudentProgress,
} from './model.ts';

export type DigitsRequest =
  | { type: 'start'; role: 'digit-learner' }
  /** A network that has seen nothing; what comes of older ones is not wanted any more. */
  | { type: 'restart'; generation: number; seed: number }
  | { type: 'play' }
  | { type: 'pause' }
  /** One digit, then pause. */
  | { type: 'one' }
  /** Goes on until it has learned from so many digits, then pause. */
  | { type: 'until'; digits: number }
  | { type: 'learning'; on: boolean }
  /** 784 pixels to be read; a newer drawing makes an older one void. */
  | { type: 'drawing'; id: number; pixels: Float32Array }
  /** The last state was drawn. */
  | { type: 'acknowledge' };

/** How fast the last moments went. */
export interface DigitsSpeed {
  digitsPerSecond: number;
  /** Biological time through time that passed. */
  realTimeFactor: number;
}

export interface DigitsState extends DigitsSpeed {
  progress: StudentProgress;
  playing: boolean;
  /** Not in every state: they are large. */
  neurons?: StudentNeurons;
}

export type DigitsResponse =
  | { type: 'ready'; catalogue: BiologicalCatalogue }
  | { type: 'loading'; loaded: number; total: number }
  | { type: 'state'; generation: number; state: DigitsState }
  | { type: 'answer'; id: number; presentation: PresentationEntry }
  | { type: 'refused'; request: DigitsRequest['type']; error: EngineError }
  | { type: 'panic'; message: string };
