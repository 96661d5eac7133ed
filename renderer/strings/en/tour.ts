/** Words in English: the tour. */
export const tourStrings = {
  tour: {
    offer: 'New here? Seven stops, two minutes.',
    take: 'Take the tour',
    notNow: 'Not now',
    start: 'Short tour',
    skip: 'Skip the tour',
    back: 'Back',
    next: 'Next',
    done: 'Done',
    place: 'Stop {{index}} of {{count}}',
    stops: {
      templates: {
        title: 'Start from something that runs',
        text: 'Each card is a whole pipeline with its own data. Point at one and press Run: water flows in its edges at once.',
      },
      nodes: {
        title: 'Nodes, by what they do',
        text: 'Drag one onto the canvas, or press Enter on it. Searching finds synonyms too, such as keep, group by or hide.',
      },
      canvas: {
        title: 'The canvas',
        text: 'Drag from a port to connect; what does not fit says why before you let go. Double-click an empty place to add a node there.',
      },
      inspector: {
        title: 'Settings of what is selected',
        text: 'One form per node, with its columns in and out. A mistake is marked in its field while you type.',
      },
      run: {
        title: 'Run and stop',
        text: '{{run}} runs on the engine inside. Stopping keeps the state, so the next run goes on where this one ended.',
      },
      details: {
        title: 'What happens, in detail',
        text: 'Problems with their fixes, rows of any edge, checkpoints and the log of the run stand here.',
      },
      find: {
        title: 'Everything by name',
        text: '{{palette}} finds nodes, columns and every command. This tour is among them, whenever you want it again.',
      },
    },
  },
};
