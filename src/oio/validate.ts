/**
 * The compiled validators, and what they say as Danish problems with a place in the tree. Validators see only the object
 * that project.ts gives; the elements are found again here, where something is wrong.
 */
import * as validators from '../generated/validators.ts';
import type { ElementPlan, MessageStem, RootPlan } from './plan.ts';
import type { Problem } from './problems.ts';
import type { XmlElement } from './tree.ts';

const VALIDATORS: Readonly<Record<MessageStem, validators.SchemaValidator>> = {
  'debitorkonto-anmodning-afsend-i': validators.validateDebitorkontoAnmodningAfsendI,
  'debitorkonto-anmodning-afsend-o': validators.validateDebitorkontoAnmodningAfsendO,
  'debitorkonto-anmodning-svar-afsend-i': validators.validateDebitorkontoAnmodningSvarAfsendI,
  'debitorkonto-anmodning-svar-afsend-o': validators.validateDebitorkontoAnmodningSvarAfsendO,
  'opkraevning-kontant-indbetaling-opret-i': validators.validateOpkraevningKontantIndbetalingOpretI,
  'opkraevning-kontant-indbetaling-opret-o': validators.validateOpkraevningKontantIndbetalingOpretO,
  'transport-kvittering': validators.validateTransportKvittering,
};

/** More than is ever shown; a document may hold an error in every element, and finding each one's place costs time. */
const MAX_ERRORS = 100;

/** The error's place: the element, and what the plan says of it. */
interface Place {
  readonly element: XmlElement;
  readonly plan: ElementPlan;
}

/** Finds an element's children of one name; once for all errors in them, since there may be 250,000. */
type ChildrenOf = (element: XmlElement, plan: ElementPlan) => readonly XmlElement[];

function rememberChildren(): ChildrenOf {
  const found = new Map<XmlElement, Map<ElementPlan, readonly XmlElement[]>>();
  return (element, plan) => {
    const known = found.get(element) ?? new Map<ElementPlan, readonly XmlElement[]>();
    const children = known.get(plan) ?? element.children.filter(({ name }) => name === plan.name || name === plan.key);
    found.set(element, known.set(plan, children));
    return children;
  };
}

function planOfKey(content: ElementPlan['content'], key: string): ElementPlan | undefined {
  return content.art === 'elements' ? content.byName.get(key) : undefined;
}

/**
 * Follows a JSON pointer of the validators through the tree. Where an array itself is meant, its first element is given.
 * Elements that a problem left out of the object (a second one of a single element) come after the one that was kept.
 */
function locate(root: XmlElement, plan: RootPlan, instancePath: string, childrenOf: ChildrenOf): Place {
  let place: Place = { element: root, plan };
  let siblings: readonly XmlElement[] = [];
  for (const segment of instancePath.split('/').slice(1)) {
    if (place.plan.many && /^[0-9]+$/.test(segment)) {
      const element = siblings[Number(segment)];
      if (element === undefined) return place;
      place = { element, plan: place.plan };
      continue;
    }
    const child = planOfKey(place.plan.content, segment);
    if (child === undefined) return place;
    siblings = childrenOf(place.element, child);
    const [first] = siblings;
    if (first === undefined) return place;
    place = { element: first, plan: child };
  }
  return place;
}

function nameOfKey(plan: ElementPlan, key: string): string {
  return planOfKey(plan.content, key)?.name ?? key;
}

/** What the value must be, for the keywords whose meaning is the schema's own. */
function kravOf(plan: ElementPlan): string {
  return (plan.content.art === 'text' ? plan.content.krav : undefined) ?? 'har en værdi, der ikke er tilladt';
}

function lengthText(limit: number): string {
  return limit === 1 ? 'må ikke være tom' : `skal have mindst ${limit} tegn`;
}

function choiceText({ content }: ElementPlan): string {
  const keys = content.art === 'elements' ? content.choice : [];
  const names = keys.map((key) => (content.art === 'elements' ? content.byName.get(key)?.name : undefined) ?? key);
  return `skal indeholde netop ét af elementerne ${names.join(', ')}`;
}

function textOf(error: validators.SchemaError, { plan }: Place): string {
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return `elementet ${nameOfKey(plan, String(params['missingProperty']))} mangler`;
    case 'oneOf':
      return choiceText(plan);
    case 'minLength':
      return lengthText(Number(params['limit']));
    case 'maxLength':
      return `må højst have ${String(params['limit'])} tegn`;
    case 'maxItems':
      return `må højst forekomme ${String(params['limit'])} gange`;
    case 'enum':
      return `skal være en af værdierne ${Object.values(params['allowedValues'] ?? []).join(', ')}`;
    default:
      return kravOf(plan);
  }
}

/** The element that is one too many, else the place itself. */
function elementOf(error: validators.SchemaError, place: Place, find: (instancePath: string) => Place): XmlElement {
  if (error.keyword !== 'maxItems') return place.element;
  return find(`${error.instancePath}/${String(error.params['limit'])}`).element;
}

/** Judges an object that project.ts gave. Empty where the message is valid. */
export function validate(plan: RootPlan, document: object, root: XmlElement): readonly Problem[] {
  const validator = VALIDATORS[plan.stem];
  if (validator(document)) return [];
  // A choice is reported once, as a whole; what its branches lack says nothing to the sender.
  const errors = (validator.errors ?? []).filter(({ schemaPath }) => !schemaPath.includes('/oneOf/'));
  const childrenOf = rememberChildren();
  const find = (instancePath: string): Place => locate(root, plan, instancePath, childrenOf);
  return errors.slice(0, MAX_ERRORS).map((error) => {
    const place = find(error.instancePath);
    const element = elementOf(error, place, find);
    return { element, line: element.line, column: element.column, tekst: textOf(error, place) };
  });
}
