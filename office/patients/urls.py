"""The patients' addresses. A chart is named by its key, never by a name or a number."""

from django.urls import path

from office.patients.views import change, death, emergency, ending, face_sheet, find, register, restriction

app_name = "patients"
urlpatterns = [
    path("patients/", find.find, name="find"),
    path("patients/new/", register.register, name="register"),
    path("patients/<uuid:patient_id>/", face_sheet.face_sheet, name="chart"),
    path("patients/<uuid:patient_id>/photo/", face_sheet.photo, name="photo"),
    path("patients/<uuid:patient_id>/emergency-access/", face_sheet.emergency_access, name="emergency_access"),
    path("patients/<uuid:patient_id>/correct/", change.correct, name="correct"),
    path("patients/<uuid:patient_id>/alert/", change.alert, name="alert"),
    path("patients/<uuid:patient_id>/alert/<uuid:alert_id>/end/", change.alert_end, name="alert_end"),
    path("patients/<uuid:patient_id>/contact/", change.contact, name="contact"),
    path("patients/<uuid:patient_id>/contact/<uuid:contact_id>/end/", ending.contact_end, name="contact_end"),
    path("patients/<uuid:patient_id>/name/", ending.name, name="name"),
    path("patients/<uuid:patient_id>/name/<uuid:name_id>/end/", ending.name_end, name="name_end"),
    path("patients/<uuid:patient_id>/phone/", change.telecom, name="telecom"),
    path("patients/<uuid:patient_id>/phone/<uuid:telecom_id>/end/", ending.telecom_end, name="telecom_end"),
    path("patients/<uuid:patient_id>/address/", change.address, name="address"),
    path("patients/<uuid:patient_id>/address/<uuid:address_id>/end/", ending.address_end, name="address_end"),
    path("patients/<uuid:patient_id>/consent/", change.consent, name="consent"),
    path("patients/<uuid:patient_id>/insurance/", change.coverage, name="coverage"),
    path("patients/<uuid:patient_id>/death/", death.death, name="death"),
    path("patients/<uuid:patient_id>/death/undo/", death.death_undo, name="death_undo"),
    path("patients/<uuid:patient_id>/death/take-back/", death.death_take_back, name="death_take_back"),
    path("patients/<uuid:patient_id>/restriction/", restriction.restriction, name="restriction"),
    path("patients/<uuid:patient_id>/restriction/lift/", restriction.lift, name="restriction_lift"),
    path("patients/<uuid:patient_id>/restriction/reader/", restriction.reader, name="reader"),
    path(
        "patients/<uuid:patient_id>/restriction/reader/<uuid:member_id>/remove/",
        restriction.reader_remove,
        name="reader_remove",
    ),
    path("patients/<uuid:patient_id>/merge/", change.merge, name="merge"),
    path("patients/emergency-access/", emergency.accesses, name="accesses"),
    path("patients/emergency-access/waiting/", emergency.waiting, name="accesses_waiting"),
    path("patients/emergency-access/<uuid:access_id>/", emergency.review, name="review_access"),
    path("patients/merges/<uuid:merge_id>/undo/", change.merge_undo, name="merge_undo"),
]
