import { whenATestFails } from '@tenure/testing';
import { BrowserStage } from './stage.js';
import { storiesOfAppearance } from './stories/appearance.js';
import { storiesOfDialogs } from './stories/dialogs.js';
import { storiesOfEveryPage } from './stories/every-page.js';
import { storiesOfWhatIsHeard } from './stories/heard.js';
import { storiesOfInterruptions } from './stories/interruptions.js';
import { keyboardStories } from './stories/keyboard.js';
import { storiesOfLostAnswers } from './stories/lost-answers.js';
import { storiesOfTwo } from './stories/together.js';
import { storiesOfWaysBack } from './stories/ways-back.js';

let stage: BrowserStage;
beforeAll(async () => {
  stage = await BrowserStage.set('circumstances');
  whenATestFails(() => stage.seen());
});
afterAll(() => stage?.strike());
afterEach(() => stage?.everybodyLeaves());

// First, while lists are short: each of their rows takes axe as long as the one before.
storiesOfEveryPage(() => stage);
storiesOfWhatIsHeard(() => stage);
storiesOfDialogs(() => stage);
storiesOfWaysBack(() => stage);
storiesOfTwo(() => stage);
storiesOfInterruptions(() => stage);
storiesOfLostAnswers(() => stage);
keyboardStories(() => stage);
storiesOfAppearance(() => stage);
