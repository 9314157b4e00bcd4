import { writeFile } from 'node:fs/promises';
import { renderScene } from './render-scene';
import { sampleAnnotatedScene, type SampleSceneOptions } from './sample-scene';
import type { PersonAnnotation } from './scene-annotations';

/** One image of a set: the scene that it shows, and where it goes. Plain data, so that it can be sent to a worker. */
export interface ImageTask extends SampleSceneOptions {
  file: string;
  /** 1 to 100. */
  jpegQuality: number;
}

/** Writes the image, and tells who is in it. Both depend on the task alone, not on who runs it. */
export async function renderImage({ file, jpegQuality, ...options }: ImageTask): Promise<PersonAnnotation[]> {
  const { scene, annotations } = sampleAnnotatedScene(options);
  await writeFile(file, await renderScene(scene, jpegQuality));
  return annotations;
}
