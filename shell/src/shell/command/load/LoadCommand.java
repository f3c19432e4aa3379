// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Rows;

/** {@code load}: what became of the jars in the load folder. */
@Component(service = Command.class)
public final class LoadCommand extends Command {
    private final LoadFolder folder;

    /**
     * One jar.
     *
     * @param brings what it adds: {@code sched raffle}
     * @param problem what is wrong with it and what to do, or null
     */
    record Row(String file, String bundle, boolean active, String brings, String problem) {
    }

    @Activate
    public LoadCommand(@Reference LoadFolder folder) {
        super("kernel", "load", "lists the jars in the folder load/, what they bring, and what is wrong with them");
        this.folder = folder;
        takes("", 0, 0);
        details("A jar that is put there is installed and started, a newer one updates it, a removed one is uninstalled.");
    }

    @Override
    public Object run(Invocation in) {
        return new Rows<>(Row.class, folder.jars().stream().map(LoadedJar::row).toList());
    }
}
