import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.RequiredParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.startup.Tomcat;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.IdType;

/**
 * HAPI FHIR's server with one kind of resource, in memory; strict, so that it refuses what is no Communication. A GET of
 * {@code /lose} has the answer to the next create lost once it is carried out.
 */
public class HapiServer {

    private static final AtomicBoolean LOSES = new AtomicBoolean();

    public static class Communications implements IResourceProvider {

        private final Map<String, Communication> records = new ConcurrentHashMap<>();
        private final AtomicInteger last = new AtomicInteger();

        @Override
        public Class<? extends IBaseResource> getResourceType() {
            return Communication.class;
        }

        @Create
        public synchronized MethodOutcome create(@ResourceParam Communication made, @ConditionalUrlParam String condition) {
            if (made.getStatus() == null) {
                throw new UnprocessableEntityException("Communication.status: minimum required = 1, but only found 0");
            }
            if (condition != null) {
                String token = URLDecoder.decode(condition.replaceFirst(".*identifier=", ""), StandardCharsets.UTF_8);
                int bar = token.indexOf('|');
                List<Communication> there = search(new TokenParam(token.substring(0, bar), token.substring(bar + 1)));
                if (!there.isEmpty()) {
                    return new MethodOutcome(there.get(0).getIdElement(), false);
                }
            }
            String id = Integer.toString(last.incrementAndGet());
            made.setId(new IdType("Communication", id, "1"));
            records.put(id, made);
            return new MethodOutcome(made.getIdElement(), true);
        }

        @Search
        public List<Communication> search(@RequiredParam(name = Communication.SP_IDENTIFIER) TokenParam identifier) {
            List<Communication> found = new ArrayList<>();
            for (Communication each : records.values()) {
                if (each.getIdentifier().stream()
                        .anyMatch(it -> it.getSystem().equals(identifier.getSystem())
                                && it.getValue().equals(identifier.getValue()))) {
                    found.add(each);
                }
            }
            return found;
        }

        @Read
        public Communication read(@IdParam IdType id) {
            Communication found = records.get(id.getIdPart());
            if (found == null) {
                throw new ResourceNotFoundException(id);
            }
            return found;
        }
    }

    /** An answer that nobody gets. */
    private static final class Lost extends HttpServletResponseWrapper {

        Lost(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() {
            return new PrintWriter(Writer.nullWriter());
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {}

                @Override
                public void write(int b) {}
            };
        }

        @Override
        public void flushBuffer() {}
    }

    public static void main(String[] args) throws Exception {
        FhirContext context = FhirContext.forR4();
        context.setParserErrorHandler(new StrictErrorHandler());
        RestfulServer server = new RestfulServer(context) {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws jakarta.servlet.ServletException, IOException {
                if (request.getRequestURI().endsWith("/lose")) {
                    LOSES.set(true);
                    return;
                }
                if (request.getMethod().equals("POST") && LOSES.compareAndSet(true, false)) {
                    super.service(request, new Lost(response));
                    response.sendError(503);
                    return;
                }
                super.service(request, response);
            }
        };
        server.setResourceProviders(new Communications());
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("hapi").toString());
        tomcat.setPort(0);
        var web = tomcat.addContext("", null);
        Tomcat.addServlet(web, "fhir", server);
        web.addServletMappingDecoded("/fhir/*", "fhir");
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.start();
        System.out.println("port " + tomcat.getConnector().getLocalPort());
        System.in.read();
        System.exit(0);
    }
}
