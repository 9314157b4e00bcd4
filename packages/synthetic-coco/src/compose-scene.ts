import { headGroups } from './head-shapes';
import type { Layer } from './layer';
import { armGroups, legGroups } from './limb-shapes';
import { ellipse, type Point } from './outline';
import { viewPerson } from './person-view';
import type { Person, Scene } from './scene';
import { trunkGroups } from './trunk-shapes';

/** One person's polygons, the farthest part first (painter's order by the depth of each part's middle). */
export function personLayers(person: Person, owner: number, light: Point): Layer[] {
  const view = viewPerson(person);
  const groups = [
    ...trunkGroups(view, owner, light),
    ...legGroups(view, owner, light),
    ...headGroups(view, owner, light),
    ...armGroups(view, owner, light),
  ];
  return groups.sort((a, b) => a.depth - b.depth).flatMap((group) => group.layers);
}

/**
 * All polygons of a scene in paint order: background, then people and props from far to near. The picture and the
 * annotations are both made from this list, so that they cannot disagree.
 */
export function composeScene(scene: Scene): Layer[] {
  const layers: Layer[] = scene.background.map((shape) => ({ ...shape, owner: 'none' }));
  const stage = [
    ...scene.people.map((person, index) => ({
      depth: person.depth,
      layers: () => [...shadow(person), ...personLayers(person, index, scene.light)],
    })),
    ...scene.props.map((prop) => ({
      depth: prop.depth,
      layers: () =>
        prop.shapes.map((shape): Layer => ({ ...shape, owner: (shape.paint.opacity ?? 1) < 1 ? 'none' : 'prop' })),
    })),
  ].sort((a, b) => a.depth - b.depth);
  for (const item of stage) layers.push(...item.layers());
  return layers;
}

function shadow(person: Person): Layer[] {
  const view = viewPerson(person);
  const feet = [view.body.left.toe, view.body.right.toe, view.body.left.heel, view.body.right.heel].map(view.project);
  const low = Math.max(...feet.map(([, y]) => y)) + 0.015 * view.scale;
  return feet.slice(0, 2).flatMap(([x, y]) =>
    low - y > 0.25 * view.scale
      ? []
      : [
          {
            outline: ellipse([x, low], 0.11 * view.scale, 0.02 * view.scale),
            paint: { fill: '#000000', opacity: 0.22 },
            owner: 'none' as const,
          },
        ],
  );
}
