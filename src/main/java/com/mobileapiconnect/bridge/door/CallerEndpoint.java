package com.mobileapiconnect.bridge.door;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
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
 * Accepts connections, so many in all and from one address. For one too many, idle ones are closed, those that have been
 * idle longest: of the same address, or, when there is no room at all, of the address with the most connections. If none
 * is idle the newcomer is answered 503.
 */
final class CallerEndpoint extends NioEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(CallerEndpoint.class);
    /** The part of all connections that is closed at once, so that not each newcomer has all of them looked at. */
    private static final int PART_CLOSED = 64;

    private @Nullable Admission admission;

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
        return room.take(owner) || (closeIdleOnes(room.inTheWayOf(owner)) && room.take(owner));
    }

    private boolean closeIdleOnes(@Nullable InetAddress crowded) {
        List<CallerConnection> idle = new ArrayList<>();
        for (SocketWrapperBase<NioChannel> each : connections.values()) {
            if (each instanceof CallerConnection one && Objects.equals(one.owner(), crowded) && one.isIdle()) {
                idle.add(one);
            }
        }
        idle.sort(Comparator.comparingLong(NioSocketWrapper::getLastRead));
        idle.stream().limit(1 + connections.size() / PART_CLOSED).forEach(CallerConnection::closeIfIdle);
        return !idle.isEmpty();
    }

    @Override
    public long getConnectionCount() {
        return admission().connections().taken();
    }
}
