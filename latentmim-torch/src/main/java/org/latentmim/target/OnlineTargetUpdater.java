package org.latentmim.target;

import org.latentmim.spi.Encoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;

/** A target that is the online encoder itself: nothing follows, and there are no weights beside its own. */
abstract class OnlineTargetUpdater extends EncoderTargetUpdater {

    OnlineTargetUpdater(Encoder online, TargetReading reading) {
        super(online, reading);
    }

    @Override
    public final void update(Progress progress) {
        // the online encoder is the target
    }

    /** None: the weights are the online encoder's, which says them itself. */
    @Override
    public final Parameters parameters() {
        return Parameters.NONE;
    }
}
