"""The patients' addresses. A chart is named by its key, never by a name or a number."""

from django.urls import path

from office.patients.views import change, face_sheet, find, register

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
    path("patients/<uuid:patient_id>/phone/", change.telecom, name="telecom"),
    path("patients/<uuid:patient_id>/address/", change.address, name="address"),
    path("patients/<uuid:patient_id>/consent/", change.consent, name="consent"),
    path("patients/<uuid:patient_id>/insurance/", change.coverage, name="coverage"),
    path("patients/<uuid:patient_id>/death/", change.death, name="death"),
    path("patients/<uuid:patient_id>/merge/", change.merge, name="merge"),
    path("patients/merges/<uuid:merge_id>/undo/", change.merge_undo, name="merge_undo"),
]
