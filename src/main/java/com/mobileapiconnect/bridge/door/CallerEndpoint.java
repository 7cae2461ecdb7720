package com.mobileapiconnect.bridge.door;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.tomcat.util.collections.SynchronizedStack;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, so many in all and from one address. For one too many, an idle one is closed, the one that has been
 * idle longest: of the same address, or, when there is no room at all, of the address with the most connections among
 * those that have any idle and have no fewer than the newcomer. If none is idle the newcomer is answered 503.
 */
final class CallerEndpoint extends NioEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(CallerEndpoint.class);

    private @Nullable Admission admission;
    private @Nullable IdleConnections idle; // on the acceptor's thread alone

    void admitBy(Admission rules) {
        admission = rules;
    }

    private Admission admission() {
        return Objects.requireNonNull(admission, "The endpoint is started before it was given its rules");
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        InetAddress owner = admission().ownerOf(socket);
        if (!enter(owner)) {
            Refusal.send(socket);
            destroySocket(socket);
            return false;
        }
        CallerConnection connection = null;
        try {
            NioChannel channel = channel();
            connection = admission().admit(channel, this, owner);
            channel.reset(socket, connection);
            connections.put(socket, connection);
            socket.configureBlocking(false);
            getSocketProperties().setProperties(socket.socket());
            connection.setReadTimeout(getConnectionTimeout());
            connection.setKeepAliveLeft(getMaxKeepAliveRequests());
            getPoller().register(connection);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.debug("A connection was gone before it could be set up", e);
            if (connection == null || connections.get(socket) != connection) {
                admission().connections().giveBack(owner);
                destroySocket(socket);
            }
            return false; // the acceptor closes what is among the connections
        }
    }

    private NioChannel channel() {
        SynchronizedStack<NioChannel> used = getNioChannels();
        NioChannel channel = used == null ? null : used.pop();
        if (channel != null) {
            return channel;
        }
        SocketBufferHandler buffers = new SocketBufferHandler(
                getSocketProperties().getAppReadBufSize(),
                getSocketProperties().getAppWriteBufSize(),
                getSocketProperties().getDirectBuffer());
        return isSSLEnabled() ? new SecureNioChannel(buffers, this) : new NioChannel(buffers);
    }

    private boolean enter(@Nullable InetAddress owner) {
        Shares<InetAddress> room = admission().connections();
        return room.take(owner) || (makeRoomFor(owner) && room.take(owner));
    }

    private boolean makeRoomFor(@Nullable InetAddress owner) {
        Shares<InetAddress> room = admission().connections();
        if (idle == null) {
            idle = new IdleConnections(this::callers, room, System::nanoTime);
        }
        return room.isUsedUpBy(owner) ? idle.closeOneOf(owner) : idle.closeOneFor(owner);
    }

    private List<CallerConnection> callers() {
        List<CallerConnection> callers = new ArrayList<>(connections.size());
        for (SocketWrapperBase<NioChannel> each : connections.values()) {
            if (each instanceof CallerConnection one) {
                callers.add(one);
            }
        }
        return callers;
    }

    @Override
    public long getConnectionCount() {
        return admission().connections().taken();
    }
}
