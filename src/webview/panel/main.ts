import { drawChat } from '../chat/drawChat.tsx';
import { drawComparison } from '../compare/drawComparison.tsx';
import { readTranslation } from '../shared/translation.ts';

// The chat and the comparison are one script: each would otherwise wait for a second one, which they share.
const root = document.getElementById('root');
if (root) {
  readTranslation();
  const draw = root.dataset['page'] === 'comparison' ? drawComparison : drawChat;
  draw(root);
}
