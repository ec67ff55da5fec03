"""Every sentence a person can read on screen, so that its tone can be heard in one sitting.

Calm and plain: no exclamation marks, no blame, no jargon. A sentence says what is and what to press. One file a
room; screens take them all from here.
"""

from peernote_tui.ui.sentences.action_lines import *  # noqa: F403 this package is one list in several files
from peernote_tui.ui.sentences.answering import *  # noqa: F403 as above
from peernote_tui.ui.sentences.clipboard import *  # noqa: F403 as above
from peernote_tui.ui.sentences.consenting import *  # noqa: F403 as above
from peernote_tui.ui.sentences.cosigning import *  # noqa: F403 as above
from peernote_tui.ui.sentences.damage import *  # noqa: F403 as above
from peernote_tui.ui.sentences.doors import *  # noqa: F403 as above
from peernote_tui.ui.sentences.ending_day import *  # noqa: F403 as above
from peernote_tui.ui.sentences.everywhere import *  # noqa: F403 as above
from peernote_tui.ui.sentences.fast import *  # noqa: F403 as above
from peernote_tui.ui.sentences.grouping import *  # noqa: F403 as above
from peernote_tui.ui.sentences.handing_out import *  # noqa: F403 as above
from peernote_tui.ui.sentences.keeping import *  # noqa: F403 as above
from peernote_tui.ui.sentences.keys import *  # noqa: F403 as above
from peernote_tui.ui.sentences.lives import *  # noqa: F403 as above
from peernote_tui.ui.sentences.meeting import *  # noqa: F403 as above
from peernote_tui.ui.sentences.merging import *  # noqa: F403 as above
from peernote_tui.ui.sentences.owing import *  # noqa: F403 as above
from peernote_tui.ui.sentences.people import *  # noqa: F403 as above
from peernote_tui.ui.sentences.people_files import *  # noqa: F403 as above
from peernote_tui.ui.sentences.progress import *  # noqa: F403 as above
from peernote_tui.ui.sentences.record import *  # noqa: F403 as above
from peernote_tui.ui.sentences.referring_on import *  # noqa: F403 as above
from peernote_tui.ui.sentences.rescuing import *  # noqa: F403 as above
from peernote_tui.ui.sentences.rules import *  # noqa: F403 as above
from peernote_tui.ui.sentences.taking import *  # noqa: F403 as above
from peernote_tui.ui.sentences.taking_record import *  # noqa: F403 as above
from peernote_tui.ui.sentences.templates import *  # noqa: F403 as above
from peernote_tui.ui.sentences.tracking import *  # noqa: F403 as above
from peernote_tui.ui.sentences.undoing import *  # noqa: F403 as above
from peernote_tui.ui.sentences.writing import *  # noqa: F403 as above
